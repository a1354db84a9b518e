/** How people log in: the page, the session, an OpenID provider. */
@NullMarked
package io.github.falcogateway.login;

import org.jspecify.annotations.NullMarked;
