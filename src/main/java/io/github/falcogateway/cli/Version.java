package io.github.falcogateway.cli;

import picocli.CommandLine;

/** The version of this build, out of the jar's manifest. Immutable. */
final class Version implements CommandLine.IVersionProvider {

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"falco-gateway " + text()};
    }
}
