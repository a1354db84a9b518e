package io.github.falcogateway.journal;

import io.github.falcogateway.event.Provenance;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Outlines as a file holds them, {@link Outlines#read} reads it: their texts, kinds and senders once, then for each what
 * it is made of as numbers. Confined to one thread.
 */
final class OutlineParts {

    private final List<OutlineBook.Kind> kinds = new ArrayList<>();
    private final List<Provenance> senders = new ArrayList<>();
    /** By number in the book the place in the lists above and one; 0 where it is not there. */
    private final int[] kindPlaces;

    private final int[] senderPlaces;
    private final int[] kindOf;
    private final int[] senderOf;
    private int size;

    private final Map<String, Integer> texts = new LinkedHashMap<>();
    /** Thousands of senders have the same labels, which are one map then. */
    private final Map<Map<String, String>, int[]> labels = new IdentityHashMap<>();

    OutlineParts(int outlines, int kindsOfBook, int sendersOfBook) {
        kindPlaces = new int[kindsOfBook];
        senderPlaces = new int[sendersOfBook];
        kindOf = new int[outlines];
        senderOf = new int[outlines];
    }

    /** Adds an outline by its numbers in the book. */
    void add(int kind, OutlineBook.Kind itsKind, int sender, OutlineSenders all) {
        if (kindPlaces[kind] == 0) {
            kinds.add(itsKind);
            kindPlaces[kind] = kinds.size();
        }
        if (senderPlaces[sender] == 0) {
            senders.add(all.get(sender));
            senderPlaces[sender] = senders.size();
        }
        kindOf[size] = kindPlaces[kind] - 1;
        senderOf[size++] = senderPlaces[sender] - 1;
    }

    void write(DataOutputStream to) throws IOException {
        for (OutlineBook.Kind kind : kinds) {
            number(kind.rule());
            number(kind.source());
            kind.tags().forEach(this::number);
        }
        for (Provenance sender : senders) {
            number(sender.hostFrom());
            labels.computeIfAbsent(sender.labels(), this::numbers);
        }
        // A host is hardly ever twice among them: its place says its number.
        int hosts = texts.size();
        to.writeInt(hosts + senders.size());
        for (String text : texts.keySet()) {
            write(text, to);
        }
        for (Provenance sender : senders) {
            write(sender.host(), to);
        }
        to.writeInt(kinds.size());
        for (OutlineBook.Kind kind : kinds) {
            write(kind.tags().stream().mapToInt(this::number).toArray(), to);
        }
        to.writeInt(senders.size());
        for (int i = 0; i < senders.size(); i++) {
            Provenance sender = senders.get(i);
            to.writeByte(sender.via().ordinal());
            to.writeInt(hosts + i);
            to.writeInt(number(sender.hostFrom()));
            write(labels.computeIfAbsent(sender.labels(), this::numbers), to);
        }
        for (int i = 0; i < size; i++) {
            OutlineBook.Kind kind = kinds.get(kindOf[i]);
            to.writeByte(kind.priority().severity());
            to.writeInt(number(kind.rule()));
            to.writeInt(number(kind.source()));
            to.writeInt(kindOf[i]);
            to.writeInt(senderOf[i]);
        }
    }

    private int number(String text) {
        Integer number = texts.putIfAbsent(text, texts.size());
        return number == null ? texts.size() - 1 : number;
    }

    private int[] numbers(Map<String, String> map) {
        int[] numbers = new int[2 * map.size()];
        int at = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            numbers[at++] = number(entry.getKey());
            numbers[at++] = number(entry.getValue());
        }
        return numbers;
    }

    private static void write(String text, DataOutputStream to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    private static void write(int[] numbers, DataOutputStream to) throws IOException {
        to.writeInt(numbers.length);
        for (int number : numbers) {
            to.writeInt(number);
        }
    }
}
