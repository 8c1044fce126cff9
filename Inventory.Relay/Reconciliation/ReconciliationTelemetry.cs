using System.Diagnostics.Metrics;
using Inventory.Cassandra;

namespace Inventory.Relay.Reconciliation;

/// <summary>What the reconciler finds.</summary>
internal sealed class ReconciliationTelemetry : IDisposable
{
    private readonly Meter _meter = new("Inventory.Relay");
    private readonly Counter<long> _compared;
    private readonly Counter<long> _late;
    private readonly Counter<long> _drift;

    public ReconciliationTelemetry()
    {
        _compared = _meter.CreateCounter<long>(
            "inventory.reconciliation.keys", "{key}", "Keys of Postgres compared with Cassandra.");
        _late = _meter.CreateCounter<long>(
            "inventory.reconciliation.late", "{row}", "Rows that differed at first sight; most are on their way.");
        _drift = _meter.CreateCounter<long>(
            "inventory.reconciliation.drift", "{row}", "Rows that still differed when their time was over.");
    }

    /// <summary>Whether an instrument is of this very instance.</summary>
    public bool Owns(Instrument instrument) => instrument.Meter == _meter;

    public void Compared(int keys) => _compared.Add(keys);

    public void Late() => _late.Add(1);

    public void Drifted(StockTable table, string kind) => _drift.Add(
        1, new("db.collection.name", NameOf(table)), new KeyValuePair<string, object?>("inventory.drift.kind", kind));

    public static string NameOf(StockTable table) => table == StockTable.Stocks ? "stocks" : "stocks_by_item";

    public void Dispose() => _meter.Dispose();
}
