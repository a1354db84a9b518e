package io.github.falcogateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.falcogateway.event.FalcoEvent;
import io.github.falcogateway.testing.Corpus;
import io.github.falcogateway.testing.TestEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    private static final FalcoEvent EVENT = TestEvents.event("""
            {"rule":"Write below binary dir","priority":"Error","source":"syscalls","tags":["fs","mitre"],
             "output":"Error File below /bin","time":"2022-05-01T23:29:32.918828894Z",
             "output_fields":{"proc.name":"touch","proc.pid":12,"evt.failed":true,"proc.args":"-n 5 -t x file",
              "fd.name":"/usr/bin/dir/x.log","fd.sip":"10.1.2.3","fd.sip6":"2001:db8::1","a.big":18446744073709551615,
              "evt.time":1651447772918828894,"user.loginname":"<NA>","proc.aname[2]":"sshd","evt.arg.data":"aGVsbG8=",
              "a.list":["a","b"],"a.nothing":null,"evt.buffer":"HTTP/1","c.true":1,"a.neg":-3,"a.frac":1.50}}""");

    private static final Definitions DEFINITIONS = new Definitions(
            Map.of("production", "label.env = prod", "deep", "production and proc.name = touch"),
            Map.of(
                    "noisy",
                    List.of("Write below binary dir", "other"),
                    "outer",
                    List.of("noisy", "third"),
                    "nothing",
                    List.of()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rule = \"Write below binary dir\"",
                "falco.rule startswith Write",
                "priority = error",
                "priority >= Warning",
                "priority <= error",
                "priority in (ERROR, critical)",
                "severity < 4 and severity = 3",
                "source = syscall and source = syscalls",
                "host startswith web-",
                "label.env = prod",
                "via = http and host_from = hosts and remote = 10.0.0.0/8",
                "tags intersects (x, fs)",
                "tags in (fs, mitre, z)",
                "output contains File",
                "time > 1651447772918828893 and time < 1651447772918828895",
                "proc.name=touch",
                "proc.pid = 12 and proc.pid = 12.0 and proc.pid = 0xC",
                "proc.pid in (11, 12)",
                "evt.failed = true",
                "not evt.failed = false",
                "a.big = 18446744073709551615 and a.big > 18446744073709551614",
                "evt.time = 1651447772918828894 and not evt.time = 1651447772918828895",
                "a.neg < 0 and a.frac = 1.5",
                "evt.time < 9223372036854775807 and a.big > 9223372036854775807 and a.big > 9223372036854775808",
                "evt.time > -9223372036854775808 and evt.time < 9999999999999999999 and a.neg > -9223372036854775809",
                "evt.time = 1651447772918828894.0 and a.frac < 1.6 and a.neg = -3.0",
                "proc.aname[2] = sshd",
                "proc.aname['2'] = sshd",
                "fd.name glob /usr/*.log",
                "fd.name iglob /USR/*",
                "fd.name glob '/usr/b[a-j]n/[!x]ir/?.log'",
                "fd.name pmatch (/usr/bin, /etc)",
                "fd.name pmatch (/usr/*/dir)",
                "fd.name pmatch (//usr///bin/) and fd.name pmatch ('/') and fd.name pmatch (/usr/bin/dir/x.log)",
                "not fd.name pmatch (/usr/bin/dir/x.log/y) and not fd.name pmatch (/usr/bin/dir/x)",
                "fd.name regex '/usr/.*[.]log'",
                "fd.name endswith .log and fd.name icontains BIN",
                "fd.sip = 10.1.0.0/16 and fd.sip in (1.1.1.1, 10.1.2.3)",
                "fd.sip6 = 2001:0db8:0:0::1 and fd.sip6 in (2001:db8::/32)",
                "evt.buffer bcontains 54502f and evt.buffer bstartswith 4854",
                "b64(evt.arg.data) = hello",
                "toupper(proc.name) = TOUCH",
                "len(proc.name) = 5 and len(a.list) = 2",
                "basename(fd.name) = x.log",
                "join('-', (proc.name, 'x', proc.pid)) = touch-x-12",
                "concat(proc.name, proc.pid) = touch12",
                "getopt(proc.args, 'n:t:') intersects (t)",
                "getopt(proc.args, 'n:t:') in (n, '5', t, x)",
                "getopt(proc.args, 'nt:') in (n)",
                "getopt(proc.args, 't:') in ('?')",
                "not getopt(proc.args, 'nt:')[t] exists",
                "getopt(proc.args, 'n:t:')[n] = 5",
                "proc.name = val(proc.name) and output contains val(proc.pid) or proc.name exists",
                "proc.name = anyof (cat, touch) and proc.name startswith oneof (to, ca)",
                "fd.name contains allof (usr, bin)",
                "a.list in (a, b, c) and a.list intersects (b)",
                "not user.loginname exists",
                "user.loginname != root",
                "not no.such = x",
                "not no.such != x",
                "not a.nothing exists",
                "production and rule in (noisy)",
                "deep and rule in (outer)",
                "proc.name in (nothing, touch) and proc.name in (touch, nothing) and proc.name in (a, nothing , touch)",
                "proc.name in (touch, nothing, nothing) and not proc.name in (nothing) and proc.pid in ( nothing,12)",
                "c.true=1",
                "(proc.name=cat)or(proc.name=touch)",
            })
    void matches(String condition) {
        Filter filter = Filter.compile(condition, DEFINITIONS);
        assertThat(filter.explain(EVENT)).isEmpty();
        assertThat(filter.test(EVENT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no.such = x | no.such = x | absent",
                "no.such != x | no.such != x | absent",
                "a.nothing exists | a.nothing exists | absent",
                "proc.name = touch and proc.pid = 13 | proc.pid = 13 | 12",
                "priority >= Critical | priority >= Critical | Error",
                "not proc.name = touch | not proc.name = touch | touch",
                "proc.name = cat or proc.name = ls | proc.name = cat or proc.name = ls | touch",
                "production and deep and proc.pid < 3 | proc.pid < 3 | 12",
                "a.list in (a) | a.list in (a) | a,b",
                "user.loginname exists | user.loginname exists | <NA>",
                "fd.sip = 10.2.0.0/16 | fd.sip = 10.2.0.0/16 | 10.1.2.3",
                "fd.name pmatch (/usr/bi) | fd.name pmatch (/usr/bi) | /usr/bin/dir/x.log",
            })
    void explainsTheSmallestPartThatIsFalse(String condition, String part, String actual) {
        assertThat(Filter.compile(condition, DEFINITIONS).explain(EVENT)).contains(new Failure(part, actual));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority >= Banana | 12 | expected a number or a priority",
                "priority = Eror | 11 | is no priority",
                "priority = '' | 11 | is no priority",
                "priority > 3 | 11 | severity",
                "rule > 3 | 0 | rule is a text",
                "proc.name >= 3 | 0 | proc.name is a text",
                "proc.pid > Error | 11 | only priority",
                "tags = fs | 0 | tags is a list",
                "nosuch and proc.name = x | 0 | macro nosuch is not defined",
                "producton | 0 | macro producton is not defined",
                "rule in nosuch | 8 | list nosuch is not defined",
                "proc.name regex '(' | 16 | no regular expression",
                "proc.name bcontains xyz | 20 | hexadecimal",
                "rule in (noisy) and x | 20 | macro x is not defined",
                "proc.name in (a, nothing) and x | 30 | macro x is not defined",
                "proc.name in (nothing , a) and x | 31 | macro x is not defined",
                "rule in (noisy) and proc.nmae = x | 20 | unknown field proc.nmae",
                "proc.pid = abc | 11 | proc.pid is a number, not \"abc\"",
                "proc.pid in (1, x) | 16 | proc.pid is a number, not \"x\"",
                "proc.pid contains 1 | 0 | contains compares texts",
                "severity = Error | 11 | for names write priority",
                "evt.failed = maybe | 13 | evt.failed is true or false",
                "evt.failed > 1 | 0 | compares numbers",
                "fd.sip = web-1 | 9 | fd.sip is an address",
                "fd.sip startswith 10. | 0 | startswith compares texts",
                "tolower(proc.pid) = x | 8 | takes a text, not a number",
                "tolower(proc.name) > 3 | 0 | is a text",
                "len(proc.name) = x | 17 | is a number",
                "proc.name = val(proc.pid) | 12 | proc.name is a text",
                "priority >= val(severity) | 12 | alone",
                "concat(proc.name) = x | 0 | at least 2",
                "a.b = val(proc.name)[x] | 6 | no argument in brackets",
                "tolower(proc.name)[x] = 1 | 0 | no argument in brackets",
                "getopt(proc.args, 'n')[nt] = 1 | 0 | one letter",
                "prioritty >= Error | 0 | prioritty is no field",
                "rule = Delete or rename shell history | 24 | quotes",
                "a.b = x=y | 7 | expected",
                "proc.name regex '((a{100}){100}){100}' | 16 | more than 10000 steps",
                "proc.name = 'a | 12 | not closed",
                "proc.name foo | 10 | expected an operator",
                "join('-', proc.name, x.y) = 1 | 0 | takes 2 arguments",
            })
    void saysWhereAndWhatIsWrong(String condition, int at, String message) {
        FilterException bad = catchThrowableOfType(FilterException.class, () -> Filter.compile(condition, DEFINITIONS));
        assertThat(bad).isNotNull().hasMessageContaining(message);
        assertThat(bad.at()).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({
        "producton, production",
        "priority >= Warnin, Warning",
        "priority < eror and producton, Error",
        "priority = Eror, Error"
    })
    void suggestsTheNameThatWasMeant(String condition, String meant) {
        FilterException bad = catchThrowableOfType(FilterException.class, () -> Filter.compile(condition, DEFINITIONS));
        assertThat(bad.suggestion()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "proc.nmae, proc.name",
        "usr.name, user.name",
        "proc.aname[2], ''",
        "proc.anmae[2], proc.aname[2]",
        "falco.prioritty, falco.priority",
        "labels.env, label.env",
        "fd.sip6, ''",
        "user.id, ''",
        "evt.arg.pth, ''",
        "my.own, ''",
    })
    void knowsASlipFromASendersOwnField(String field, String meant) {
        FilterException bad = catchThrowableOfType(
                FilterException.class, () -> Filter.compile(field + " exists", Definitions.none()));
        assertThat(bad == null ? "" : bad.suggestion()).isEqualTo(meant);
    }

    @Test
    void survivesHostileConditions() {
        assertThatThrownBy(() -> Filter.checkSyntax("(".repeat(100_000))).hasMessageContaining("deeper than 100");
        assertThatThrownBy(() -> Filter.checkSyntax("tolower(".repeat(100_000)))
                .hasMessageContaining("deeper than 100");
        assertThatThrownBy(() -> Filter.checkSyntax("a.b = " + "\\".repeat(1 << 20) + "("))
                .isInstanceOf(FilterException.class);
        Map<String, String> macros = Map.of("a", "b", "b", "a");
        assertThatThrownBy(() -> Filter.compile("a", new Definitions(macros, Map.of())))
                .hasMessageContaining("holds itself");
        Map<String, List<String>> lists = Map.of("l", List.of("m"), "m", List.of("l"));
        assertThatThrownBy(() -> Filter.compile("a.b in (l)", new Definitions(Map.of(), lists)))
                .hasMessageContaining("no end");
        Filter glob = Filter.compile("output glob '" + "*a".repeat(500) + "b'", Definitions.none());
        FalcoEvent event =
                TestEvents.event("{\"rule\":\"r\",\"priority\":\"Error\",\"output\":\"" + "a".repeat(5_000) + "\"}");
        assertThat(glob.test(event)).isFalse();
        assertThat(Filter.compile("output regex '(a+)+b'", Definitions.none()).test(event))
                .isFalse();
    }

    @Test
    void agreesWithFalcosParser() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> one : cases(Corpus.file("filter_cases.json"))) {
            boolean ok = true;
            try {
                Filter.checkSyntax(String.valueOf(one.get("expr")));
            } catch (FilterException bad) {
                ok = false;
            }
            if (ok != Boolean.parseBoolean(one.get("ok"))) {
                wrong.add(one.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void agreesWithFalcosTruth() throws Exception {
        FalcoEvent event = TestEvents.event("""
                {"rule":"r","priority":"Error","output_fields":{"c.true":1,"c.false":0,
                 "c.singlequote":"hello 'quoted'","c.doublequote":"hello \\"quoted\\""}}""");
        for (Map<String, String> one : cases(Corpus.file("filter_eval_cases.json"))) {
            assertThat(Filter.compile(String.valueOf(one.get("expr")), Definitions.none())
                            .test(event))
                    .as(one.toString())
                    .isEqualTo(Boolean.parseBoolean(one.get("result")));
        }
    }

    private static List<Map<String, String>> cases(Path file) throws Exception {
        List<Map<String, String>> cases = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Map<String, String> one = new HashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    one.put(name, parser.getText());
                }
                cases.add(one);
            }
        }
        return cases;
    }
}
