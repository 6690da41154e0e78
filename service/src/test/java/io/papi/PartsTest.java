package io.papi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PartsTest {
  private final Parts parts = new Parts();
  private final List<String> closed = new ArrayList<>();

  @Test
  void close_several_inReverseOrderAndOnce() {
    parts.add(part("first"));
    parts.add(part("second"));
    parts.checkOpen();
    parts.close();
    parts.close();
    assertThat(closed).containsExactly("second", "first");
    assertThatThrownBy(parts::checkOpen).isInstanceOf(Parts.ClosedException.class);
  }

  @Test
  void close_oneFails_closesTheOthers() {
    parts.add(part("first"));
    parts.add(
        () -> {
          throw new IllegalStateException("does not close");
        });
    parts.close();
    assertThat(closed).containsExactly("first");
  }

  @Test
  void add_afterClose_closesItAndThrows() {
    parts.close();
    assertThatThrownBy(() -> parts.add(part("late"))).isInstanceOf(Parts.ClosedException.class);
    assertThat(closed).containsExactly("late");
  }

  @Test
  void checkOpen_whileClosing_throwsAtOnce() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch mayClose = new CountDownLatch(1);
    parts.add(
        () -> {
          closing.countDown();
          mayClose.await();
        });
    FutureTask<Void> close = new FutureTask<>(parts::close, null);
    Thread.ofVirtual().start(close);
    closing.await();
    assertThatThrownBy(parts::checkOpen).isInstanceOf(Parts.ClosedException.class);
    mayClose.countDown();
    close.get();
  }

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }
}
