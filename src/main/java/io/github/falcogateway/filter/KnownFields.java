package io.github.falcogateway.filter;

import java.util.Set;

/**
 * The fields of Falco that are texts whatever the event; the others may be numbers or are not known here.
 *
 * @see <a href="https://falco.org/docs/reference/rules/supported-fields/">Falco: supported fields</a>
 */
final class KnownFields {

    static final Set<String> TEXTS = Set.of(
            "container.id",
            "container.name",
            "container.image",
            "container.image.repository",
            "container.image.tag",
            "evt.type",
            "evt.category",
            "evt.hostname",
            "fd.name",
            "fd.directory",
            "fd.filename",
            "group.name",
            "k8s.ns.name",
            "k8s.pod.name",
            "k8s.node.name",
            "ka.user.name",
            "ka.verb",
            "ka.target.name",
            "ka.target.namespace",
            "proc.name",
            "proc.pname",
            "proc.cmdline",
            "proc.pcmdline",
            "proc.exe",
            "proc.exepath",
            "proc.cwd",
            "proc.args",
            "user.name",
            "user.loginname",
            "user.homedir",
            "user.shell");

    private KnownFields() {}
}
