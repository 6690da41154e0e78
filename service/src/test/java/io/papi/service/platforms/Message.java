package io.papi.service.platforms;

import java.time.Duration;

/**
 * What becomes of one recipient's message.
 *
 * @param isSent whether the platform sends it
 * @param text what the recipient reads
 * @param calls how often the platform called for it
 * @param slowest how long its slowest call took
 */
record Message(boolean isSent, String text, int calls, Duration slowest) {}
