package advisories;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {

    @TempDir
    Path folder;

    @BeforeEach
    void anAdvisoryOfEachKind() throws Exception {
        Files.createDirectories(folder.resolve("osv/2026"));
        Files.writeString(folder.resolve("osv/2026/GHSA-aaaa-bbbb-cccc.json"), """
                {"id":"GHSA-aaaa-bbbb-cccc","aliases":["CVE-2026-1"],"summary":"It \\ud83d\\udca5 bursts","affected":[
                  {"package":{"ecosystem":"Maven","name":"org.example:lib"},"versions":["0.9-odd"],
                   "ranges":[{"type":"ECOSYSTEM","events":[
                     {"introduced":"0"},{"fixed":"1.2.0"},{"introduced":"2.0.0.Final"},{"fixed":"2.0.10.Final"},
                     {"introduced":"3.0-M1"},{"last_affected":"3.0"},{"introduced":"5"}]},
                    {"type":"GIT","events":[{"introduced":"0"}]}]},
                  {"package":{"ecosystem":"npm","name":"org.example:script"},"ranges":[
                    {"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}
                """);
        Files.writeString(folder.resolve("osv/2026/GHSA-withdrawn.json"), """
                {"id":"GHSA-withdrawn","withdrawn":"2026-01-01T00:00:00Z","affected":[
                  {"package":{"ecosystem":"Maven","name":"org.example:lib"},"ranges":[
                    {"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}
                """);
        Files.createDirectories(folder.resolve("gitlab/maven"));
        Files.writeString(folder.resolve("gitlab/maven/CVE-2026-2.yml"), """
                identifier: "CVE-2026-2"
                identifiers: ["CVE-2026-2", "GHSA-dddd-eeee-ffff"]
                package_slug: "maven/org.example/other"
                title: "It leaks"
                affected_range: "[2.0,2.3.1),(,1.9][4.0]"
                fixed_versions: ["2.3.1"]
                """);
        Files.writeString(folder.resolve("README.md"), "no advisory");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.1-alpha, true",
        "0.9-odd, true",
        "1.1.9, true",
        "1.2.0-SNAPSHOT, true",
        "1.2.0, false",
        "1.2, false",
        "2.0.0.Final, true",
        "2.0.9.Final, true",
        "2.0.10.Final, false",
        "3.0-M1, true",
        "3.0-alpha1, false",
        "3.0.0, true",
        "3.0.1, false",
        "5, true",
        "17.4, true",
    })
    void comparesWithOsvAsMavenOrdersVersions(String version, boolean affected) throws Exception {
        assertThat(findings("org.example:lib", version)).hasSize(affected ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, true", "1.9, true", "1.9.1, false", "1.10, false", "2.0-rc1, false", "2.0, true", "2.3.1-rc1, true",
        "2.3.1, false", "4.0, true", "4.0.1, false"
    })
    void comparesWithGitLabAsMavenOrdersVersions(String version, boolean affected) throws Exception {
        assertThat(findings("org.example:other", version)).hasSize(affected ? 1 : 0);
    }

    @Test
    void saysWhatWhyAndWhereItIsFixed() throws Exception {
        assertThat(findings("org.example:lib", "1.0"))
                .containsExactly("org.example:lib 1.0: CVE-2026-1 GHSA-aaaa-bbbb-cccc: It \ud83d\udca5 bursts"
                        + "; fixed in 1.2.0, 2.0.10.Final");
        assertThat(findings("org.example:other", "1.0"))
                .containsExactly("org.example:other 1.0: CVE-2026-2 GHSA-dddd-eeee-ffff: It leaks; fixed in 2.3.1");
    }

    @Test
    void leavesOtherPackagesAndEcosystemsAlone() throws Exception {
        assertThat(findings("org.example:script", "1.0")).isEmpty();
        assertThat(findings("org.example:library", "1.0")).isEmpty();
    }

    @Test
    void passesOverWhatIsAcceptedWithAReason() throws Exception {
        Path accepted = folder.resolve("accepted");
        Files.writeString(accepted, "# why\nCVE-2026-1 the part is not used\nCVE-2026-2\n");
        List<Dependency> both = List.of(new Dependency("org.example:lib", "1.0"), new Dependency("org.example:other", "1.0"));
        assertThat(Check.findings(folder, both, Check.accepted(accepted))).singleElement().asString().contains("CVE-2026-2");
    }

    @Test
    void saysWhereAnAdvisoryCannotBeRead() throws Exception {
        Files.writeString(folder.resolve("bad.yml"), "package_slug: maven/a/b\naffected_range: \">= 1, < 2\"\n");
        Files.writeString(folder.resolve("bad.json"), "{\"id\":");
        assertThat(findings("a:b", "1"))
                .hasSize(2)
                .anyMatch(line -> line.contains("bad.yml: no range of versions"))
                .anyMatch(line -> line.contains("bad.json: "));
    }

    @Test
    void readsABillOfMaterials() throws Exception {
        Path sbom = folder.resolve("sbom.cdx");
        Files.writeString(sbom, """
                {"bomFormat":"CycloneDX","components":[
                  {"group":"io.netty","name":"netty-codec","version":"4.2.1.Final","purl":"pkg:maven/io.netty/netty-codec@4.2.1.Final?type=jar"},
                  {"group":"io.netty","name":"netty-codec","version":"4.2.1.Final","purl":"pkg:maven/io.netty/netty-codec@4.2.1.Final?classifier=x&type=jar"},
                  {"name":"left-pad","version":"1","purl":"pkg:npm/left-pad@1"}]}
                """);
        assertThat(Dependency.of(sbom)).containsExactly(new Dependency("io.netty:netty-codec", "4.2.1.Final"));
    }

    private List<String> findings(String name, String version) throws Exception {
        return Check.findings(folder, List.of(new Dependency(name, version)), Map.of());
    }
}
