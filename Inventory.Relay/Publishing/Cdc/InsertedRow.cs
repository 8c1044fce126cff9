using Inventory.Contracts.Events;
using Npgsql.Replication.PgOutput;

namespace Inventory.Relay.Publishing.Cdc;

/// <summary>Makes a row of what the log holds of an insert. Columns are known by name: a migration may add others.</summary>
internal static class InsertedRow
{
    public static async ValueTask<OutboxRow> ReadAsync(
        ReplicationTuple tuple, uint transaction, DateTimeOffset committedAt, CancellationToken cancellationToken)
    {
        var (id, item, center, count, version) = (0L, 0L, 0, 0, 0L);
        var (updatedAt, causeType, causeId) = (default(DateTimeOffset), "", Guid.Empty);
        string? traceParent = null;
        await foreach (var value in tuple.WithCancellation(cancellationToken))
        {
            switch (value.GetFieldName())
            {
                case "id": id = await value.Get<long>(cancellationToken); break;
                case "vendor_item_id": item = await value.Get<long>(cancellationToken); break;
                case "fulfillment_center_id": center = await value.Get<int>(cancellationToken); break;
                case "stock_count": count = await value.Get<int>(cancellationToken); break;
                case "version": version = await value.Get<long>(cancellationToken); break;
                case "updated_at": updatedAt = await value.Get<DateTimeOffset>(cancellationToken); break;
                case "cause_type": causeType = await value.Get<string>(cancellationToken); break;
                case "cause_id": causeId = await value.Get<Guid>(cancellationToken); break;
                case "trace_parent" when !value.IsDBNull: traceParent = await value.Get<string>(cancellationToken); break;
                default: break;
            }
        }

        return new OutboxRow(
            id,
            new StockChanged(item, center, count, version, updatedAt, new StockChangeCause(causeType, causeId)),
            traceParent,
            committedAt,
            transaction);
    }
}
