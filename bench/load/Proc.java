import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process and of the machine. */
final class Proc {

    /** A clock tick of /proc is a hundredth of a second on Linux. */
    private static final double MICROS_PER_TICK = 10_000;

    private Proc() {}

    /** User and system time; 0 for a process that is gone. */
    static double cpuMicros(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
        } catch (IOException gone) {
            return 0;
        }
    }

    static double rssMib(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Round.to(1, Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
                }
            }
        } catch (IOException gone) {
            // no process, no memory
        }
        return 0;
    }

    /** What all processes together have used of the cores. */
    static double busyMicros() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split(" +");
        double ticks = 0;
        for (int i = 1; i < fields.length && i <= 8; i++) {
            ticks += i == 4 || i == 5 ? 0 : Double.parseDouble(fields[i]);
        }
        return ticks * MICROS_PER_TICK;
    }

    static String loadAverage() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }
}
