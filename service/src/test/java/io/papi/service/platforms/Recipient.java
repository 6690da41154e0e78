package io.papi.service.platforms;

/**
 * Who gets a message, as a platform knows them.
 *
 * @param id the subscriber's key, the user's id
 * @param room an attribute of one's own, called {@code tea_room}
 */
record Recipient(String id, String email, String room) {}
