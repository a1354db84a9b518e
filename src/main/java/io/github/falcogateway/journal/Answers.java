package io.github.falcogateway.journal;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of one commit, told to each event loop in one go: a task per answer costs more than the answer. */
final class Answers {

    private final IdentityHashMap<Context, List<Runnable>> byLoop = new IdentityHashMap<>();
    private final List<Runnable> here = new ArrayList<>();

    void add(@Nullable Context context, Runnable answer) {
        if (context == null) {
            here.add(answer);
        } else {
            byLoop.computeIfAbsent(root(context), loop -> new ArrayList<>()).add(answer);
        }
    }

    void tell() {
        byLoop.forEach((loop, answers) -> loop.runOnContext(now -> answers.forEach(Runnable::run)));
        here.forEach(Runnable::run);
    }

    private static Context root(Context context) {
        return context instanceof ContextInternal internal ? internal.unwrap() : context;
    }
}
