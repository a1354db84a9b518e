package io.github.falcogateway.rule;

import io.github.falcogateway.filter.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What one route says about one event. Immutable.
 *
 * @param tried false where the route is disabled or an earlier one stopped
 * @param why why it was not tried; empty where it was
 * @param failure why it did not match; null where it did, or was not tried
 */
public record Explanation(
        Route route, boolean tried, String why, @Nullable Failure failure) {

    public boolean matched() {
        return tried && failure == null;
    }
}
