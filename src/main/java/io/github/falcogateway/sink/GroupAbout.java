package io.github.falcogateway.sink;

import java.util.List;

/**
 * What a group is about. Immutable.
 *
 * @param route the route of its events
 * @param filter the condition that takes them; may be empty
 * @param by the fields whose values in the group's name make that condition instead: a hundred thousand groups then
 *     are about one and the same; may be empty
 * @param columns the fields of its table; empty for none
 * @param listed whether to list the events' places
 */
record GroupAbout(Form form, String route, String filter, List<String> by, List<String> columns, boolean listed) {

    static GroupAbout of(Form form, String route) {
        return of(form, route, "");
    }

    static GroupAbout of(Form form, String route, String filter) {
        return new GroupAbout(form, route, filter, List.of(), List.of(), false);
    }
}
