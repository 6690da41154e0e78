package io.papi.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.helidon.common.buffers.BufferData;
import io.papi.http.exchange.Body;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {
  private static final Body BODY = Body.of("[{}]".getBytes(US_ASCII));

  private final FakeWriter socket = new FakeWriter();
  private final AnswerWriter writer = new AnswerWriter(socket);

  @Test
  void sendWith_head_isOneWriteWithItsBody() {
    writer.sendWith(BODY, () -> writer.write(BufferData.create("head ")));
    writer.write(BufferData.create("next head"));
    assertThat(socket.written).containsExactly("head [{}]", "next head");
  }

  @Test
  void sendWith_largeBody_isWrittenInPieces() {
    String body = "0123456789".repeat(AnswerWriter.PIECE_BYTES / 5 + 1);
    writer.sendWith(
        Body.of(body.getBytes(US_ASCII)), () -> writer.write(BufferData.create("head ")));
    assertThat(socket.written)
        .extracting(String::length)
        .containsExactly(AnswerWriter.PIECE_BYTES, AnswerWriter.PIECE_BYTES, 7);
    assertThat(String.join("", socket.written)).isEqualTo("head " + body);
  }

  @Test
  void sendWith_failsBeforeItsHead_leavesNoBodyToTheNext() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                writer.sendWith(
                    BODY,
                    () -> {
                      throw new IllegalStateException("sent already");
                    }));
    writer.write(BufferData.create("next head"));
    assertThat(socket.written).containsExactly("next head");
  }

  @Test
  void endWithHead_answerWithABody_isItsHeadAlone() {
    writer.endWithHead(true);
    writer.write(BufferData.create("HTTP/1.1 400 Bad\r\nX: y\r\n\r\n{}\r\n\r\n"));
    writer.write(BufferData.create("HTTP/1.1 200 OK\r\n\r\n"));
    writer.endWithHead(false);
    writer.write(BufferData.create("HTTP/1.1 200 OK\r\n\r\n{}"));
    assertThat(socket.written)
        .containsExactly(
            "HTTP/1.1 400 Bad\r\nX: y\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\n{}");
  }
}
