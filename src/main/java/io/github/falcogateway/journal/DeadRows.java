package io.github.falcogateway.journal;

import io.github.falcogateway.event.EventReader;
import io.github.falcogateway.event.JournaledEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads dead letters out of their table. Confined to the store's thread. */
record DeadRows(Connection connection, EventReader events) {

    /** The letters of a sink after a place, in its order, as many as the limit allows. */
    List<DeadLetter> read(String sink, long afterId, Limit limit) throws SQLException {
        String sql =
                "SELECT id, event, route, reason, detail, at FROM dead WHERE sink = ? AND id > ? ORDER BY id LIMIT ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, sink);
            query.setLong(2, afterId);
            query.setInt(3, limit.events());
            try (ResultSet rows = query.executeQuery()) {
                return read(rows, new Page(limit));
            }
        }
    }

    private List<DeadLetter> read(ResultSet rows, Page page) throws SQLException {
        List<DeadLetter> letters = new ArrayList<>();
        while (rows.next()) {
            byte[] kept = rows.getBytes(2);
            if (!page.takes(kept.length)) {
                break;
            }
            JournaledEvent event = events.read(rows.getLong(1), kept);
            page.add(event);
            letters.add(new DeadLetter(
                    event, rows.getString(3), rows.getString(4), rows.getString(5), Instant.parse(rows.getString(6))));
        }
        return letters;
    }
}
