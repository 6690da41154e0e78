package io.papi.http.port;

import io.papi.http.connection.Wire;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** The socket of a connection that was accepted. */
record ChannelWire(SocketChannel channel) implements Wire {

  @Override
  public void begin() {}

  @Override
  public void end() {}

  @Override
  public boolean hasUnread() {
    try {
      return channel.socket().getInputStream().available() > 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void endWithReset() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // it is closed already
    }
  }
}
