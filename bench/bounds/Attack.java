import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One way to attack a gateway. */
interface Attack {

    /** Goes on until the end; how many things it did. */
    long run(int port, long end) throws Exception;

    /** All of them by name, in the order in which they are tried; the first is none. */
    static Map<String, Attack> all() {
        Map<String, Attack> attacks = new LinkedHashMap<>();
        attacks.put("none", (port, end) -> HeldConnections.pause(end));
        attacks.put("slow_header", HeldConnections::slowHeader);
        attacks.put("slow_body", HeldConnections::slowBody);
        attacks.put("slow_reader", HeldConnections::slowReader);
        attacks.put("slow_stream", HeldConnections::slowStream);
        attacks.put("idle_connections", HeldConnections::idle);
        attacks.put("connection_churn", Floods::churn);
        attacks.put("smuggling", (port, end) -> Floods.of(port, end, 4, HostileRequests.smuggling()));
        attacks.put("large_header", (port, end) -> Floods.of(port, end, 4, HostileRequests.largeHeaders()));
        attacks.put("large_body", (port, end) -> Floods.of(port, end, 8, List.of(Request.post(new byte[8 << 20], ""))));
        attacks.put("gzip_bomb", (port, end) -> Floods.of(port, end, 16, List.of(HostileRequests.bomb())));
        attacks.put("many_events", (port, end) -> Floods.of(port, end, 8, HostileRequests.manyEvents()));
        attacks.put("hostile_json", (port, end) -> Floods.of(port, end, 8, HostileRequests.json()));
        attacks.put("rejected", (port, end) -> Floods.of(port, end, 8, List.of(Request.post("12:00:00 Error x ".repeat(4000)))));
        attacks.put("new_names", Floods::newNames);
        return attacks;
    }
}
