/** Who gets a message, as a platform's texts name what is known of them. */

const EMAIL = /^(e-?)?mail(-?address)?$/;

/**
 * The platform's name of what is asked by.
 *
 * @param id of the recipient's id, which is the dataset's own key; email: of the e-mail address
 * @param other makes the name of another attribute
 */
export function attributeOf({ keyName }, { id, email, other }) {
  return keyName === undefined ? id : EMAIL.test(keyName) ? email : other(attributeName(keyName));
}

/** A note on an attribute that each platform's user may have called otherwise. */
export function attributeNote({ ids, keyName }) {
  return ids && keyName !== undefined && !EMAIL.test(keyName)
    ? `Write your own name of the attribute in place of ${attributeName(keyName)}.`
    : '';
}

/** One sentence after the other; what is not to be said is ''. */
export function sentences(...all) {
  return all.filter(Boolean).join(' ');
}

/** A name that needs no quotes anywhere. */
function attributeName(keyName) {
  return keyName.replaceAll('-', '_');
}
