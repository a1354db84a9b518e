package io.github.falcogateway.cli;

/** The version of this build, out of the jar's manifest. */
final class Version {

    private Version() {}

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
