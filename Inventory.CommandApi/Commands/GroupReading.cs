using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Inbounds;
using Inventory.CommandApi.Orders;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Stocks;
using Npgsql;

namespace Inventory.CommandApi.Commands;

/// <summary>Locks and reads what a group of commands needs, in one round trip unless some of them make keys.</summary>
internal static class GroupReading
{
    public static async Task<GroupWork> LockAsync(
        NpgsqlConnection connection, IReadOnlyList<StockCommand> commands, CancellationToken cancellationToken)
    {
        var orderIds = Ids(commands, command => command.OrderId);
        var inboundIds = Ids(commands, command => command.InboundId);
        var cancellationIds = Ids(commands, command => command.CancellationId);

        // Keys are made for receipts that are new only: a repetition with other keys must leave no trace of them.
        var missing = commands.Any(command => command.CreatesKeys)
            ? await FindKeysToCreateAsync(connection, commands, inboundIds, cancellationToken)
            : [];

        // Orders before stock, both sorted: the one order of locks that every transaction keeps, so none waits in a circle.
        await using var batch = new NpgsqlBatch(connection);
        var changed = Ids(commands, command => command.ChangesOrder ? command.OrderId : null);
        if (changed.Length > 0)
        {
            batch.BatchCommands.Add(OrderReading.Lock(changed));
        }

        StockLock.Add(batch, [.. commands.SelectMany(command => command.Keys).Distinct().Order()], missing);

        // After the locks, so that a repetition that waited sees what it waited for.
        if (orderIds.Length > 0)
        {
            batch.BatchCommands.Add(OrderReading.Find(orderIds));
        }

        if (inboundIds.Length > 0)
        {
            batch.BatchCommands.Add(InboundRows.Find(inboundIds));
        }

        if (cancellationIds.Length > 0)
        {
            batch.BatchCommands.Add(CancellationRows.Find(cancellationIds));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (changed.Length > 0)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        var stock = await StockLock.ReadAsync(reader, cancellationToken);
        return new GroupWork(
            stock,
            missing,
            orderIds.Length > 0 ? await OrderReading.ReadAsync(reader, cancellationToken) : [],
            inboundIds.Length > 0 ? await StoredAnswer.ReadAsync(reader, cancellationToken) : [],
            cancellationIds.Length > 0 ? await StoredAnswer.ReadAsync(reader, cancellationToken) : []);
    }

    private static async Task<StockKey[]> FindKeysToCreateAsync(
        NpgsqlConnection connection, IReadOnlyList<StockCommand> commands, Guid[] inboundIds, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { InboundRows.Find(inboundIds) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var known = await StoredAnswer.ReadAsync(reader, cancellationToken);
        return
        [
            .. commands
                .Where(command => command is { CreatesKeys: true, InboundId: { } id } && !known.ContainsKey(id))
                .SelectMany(command => command.Keys)
                .Distinct()
                .Order(),
        ];
    }

    private static Guid[] Ids(IReadOnlyList<StockCommand> commands, Func<StockCommand, Guid?> id) =>
        [.. commands.Select(id).OfType<Guid>().Distinct().Order()];
}
