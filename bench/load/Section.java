import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/** One part of a run, which measures something. */
interface Section {

    Object measure() throws Exception;

    /** Puts what it measured into the run, where it is wanted; one that fails does not cost what the others measured. */
    static void put(Predicate<String> wanted, JsonObject run, String name, Section section) {
        if (!wanted.test(name)) {
            return;
        }
        try {
            run.put(name, section.measure());
        } catch (Exception failed) {
            failed.printStackTrace();
            run.getJsonObject("failed").put(name, failed.toString());
        }
    }
}
