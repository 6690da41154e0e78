package io.papi.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
  private static final String TAG = "\"0123456789abcdef\"";

  @Test
  void isUnchanged_withoutConditions_isFalse() {
    assertThat(Preconditions.isUnchanged(WritableHeaders.create(), TAG)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {TAG, "W/" + TAG, "*", " * ", "\"0\", W/" + TAG, "\"a,b\"," + TAG})
  void isUnchanged_ifNoneMatchNamesIt_isTrue(String value) {
    assertThat(Preconditions.isUnchanged(headers(HeaderNames.IF_NONE_MATCH, value), TAG)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "\"0\"", "0123456789abcdef", "\"a,*,b\"", "\"*\"", "w/" + TAG})
  void isUnchanged_ifNoneMatchNamesAnother_isFalse(String value) {
    assertThat(Preconditions.isUnchanged(headers(HeaderNames.IF_NONE_MATCH, value), TAG)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {TAG, "*", "\"0\"," + TAG})
  void isUnchanged_ifMatchNamesIt_goesOn(String value) {
    WritableHeaders<?> headers = headers(HeaderNames.IF_MATCH, value);
    assertThat(Preconditions.isUnchanged(headers, TAG)).isFalse();
    headers.set(HeaderNames.IF_NONE_MATCH, TAG);
    assertThat(Preconditions.isUnchanged(headers, TAG)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"0\"", "W/" + TAG, "\"a,*,b\""})
  void isUnchanged_ifMatchNamesAnother_is412_whateverElseIsAsked(String value) {
    WritableHeaders<?> headers = headers(HeaderNames.IF_MATCH, value);
    headers.set(HeaderNames.IF_NONE_MATCH, TAG);
    assertFails(headers, TAG);
  }

  @Test
  void isUnchanged_noTag_isNamedByTheStarAlone() {
    String none = Preconditions.NO_TAG;
    assertThat(Preconditions.isUnchanged(headers(HeaderNames.IF_NONE_MATCH, "*"), none)).isTrue();
    assertThat(Preconditions.isUnchanged(headers(HeaderNames.IF_NONE_MATCH, ", ,"), none))
        .isFalse();
    assertFails(headers(HeaderNames.IF_MATCH, ", W/"), none);
  }

  private static void assertFails(Headers headers, String tag) {
    assertThatThrownBy(() -> Preconditions.isUnchanged(headers, tag))
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .returns(Status.PRECONDITION_FAILED_412, e -> e.problem().status());
  }

  private static WritableHeaders<?> headers(HeaderName name, String value) {
    WritableHeaders<?> headers = WritableHeaders.create();
    headers.set(name, value);
    return headers;
  }
}
