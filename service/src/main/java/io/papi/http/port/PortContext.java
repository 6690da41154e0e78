package io.papi.http.port;

import io.helidon.common.context.Context;
import io.helidon.common.socket.SocketOptions;
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

  /**
   * What the system holds of an answer that is on its way. It tells that there is room again only
   * when a third is free: with the megabytes that it takes by itself, a caller who takes a long
   * answer slowly would seem to take nothing.
   */
  private static final int SEND_BYTES = 128 * 1024;

  PortContext(DirectHandlers directHandlers, ExecutorService executor) {
    this(
        ListenerConfig.builder()
            // An answer of more than one segment must not wait for the peer's delayed
            // acknowledgement.
            .connectionOptions(
                SocketOptions.builder().tcpNoDelay(true).socketSendBufferSize(SEND_BYTES).build())
            // The connection reads the bodies that requests may have.
            .maxPayloadSize(0)
            .buildPrototype(),
        directHandlers,
        executor,
        Context.create(),
        MediaContext.create(),
        ContentEncodingContext.create());
  }
}
