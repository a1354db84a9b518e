package io.github.falcogateway.journal;

import java.util.concurrent.ThreadFactory;

/** Makes a thread of this name that does not keep the process from ending. */
public record DaemonThread(String name) implements ThreadFactory {

    @Override
    public Thread newThread(Runnable task) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }
}
