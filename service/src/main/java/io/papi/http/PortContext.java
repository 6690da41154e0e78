package io.papi.http;

import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.http.DirectHandlers;
import java.util.concurrent.ExecutorService;

/** What the server asks of a port while it handles its connections. */
record PortContext(
    ListenerConfig config,
    DirectHandlers directHandlers,
    ExecutorService executor,
    Context context,
    MediaContext mediaContext,
    ContentEncodingContext contentEncodingContext)
    implements ListenerContext {

  PortContext(ListenerConfig config, DirectHandlers directHandlers, ExecutorService executor) {
    this(
        config,
        directHandlers,
        executor,
        Context.create(),
        MediaContext.create(),
        ContentEncodingContext.create());
  }
}
