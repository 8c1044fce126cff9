using Inventory.CommandApi.Idempotency;
using Inventory.CommandApi.Inbounds;
using Inventory.CommandApi.Orders;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;

namespace Inventory.CommandApi.Commands;

/// <summary>
/// What a transaction has locked and read for a group of commands, and what they make of it: written all at once when
/// every one of them is decided.
/// </summary>
/// <param name="stock">The locked rows of all keys.</param>
/// <param name="created">Keys of which rows were made, in this transaction, for receipts that looked new.</param>
/// <param name="orders">Orders that existed before, by id.</param>
/// <param name="inbounds">Answers to inbounds and corrections that were decided before, by id.</param>
/// <param name="cancellations">Answers to cancellations that were decided before, by id.</param>
internal sealed class GroupWork(
    LockedStock stock,
    StockKey[] created,
    Dictionary<Guid, StoredOrder> orders,
    Dictionary<Guid, StoredAnswer> inbounds,
    Dictionary<Guid, StoredAnswer> cancellations)
{
    private readonly List<StockChange> _changes = [];
    private readonly HashSet<Guid> _newOrders = [];
    private readonly HashSet<Guid> _changedOrders = [];
    private readonly List<NewInbound> _newInbounds = [];
    private readonly List<NewCancellation> _newCancellations = [];

    public LockedStock Stock => stock;

    public DateTimeOffset Now => stock.Now;

    /// <summary>Every change of stock, in the order in which they were decided.</summary>
    public IReadOnlyList<StockChange> Changes => _changes;

    /// <summary>By id, so that two transactions that claim the same ids wait for each other and never in a circle.</summary>
    public IEnumerable<StoredOrder> NewOrders => _newOrders.Order().Select(id => orders[id]);

    public IEnumerable<StoredOrder> ChangedOrders => _changedOrders.Order().Select(id => orders[id]);

    public IEnumerable<NewInbound> NewInbounds => _newInbounds.OrderBy(inbound => inbound.InboundId);

    public IEnumerable<NewCancellation> NewCancellations => _newCancellations.OrderBy(each => each.CancellationId);

    public bool IsEmpty =>
        _newOrders.Count + _changedOrders.Count + _newInbounds.Count + _newCancellations.Count == 0;

    /// <summary>Whether a row was made for a receipt whose id turned out to be taken: it must not be committed.</summary>
    public bool HasUnreceivedKeys => created.Any(stock.IsUnreceived);

    public StoredOrder? FindOrder(Guid orderId) => orders.GetValueOrDefault(orderId);

    public StoredAnswer? FindInbound(Guid inboundId) => inbounds.GetValueOrDefault(inboundId);

    public StoredAnswer? FindCancellation(Guid cancellationId) => cancellations.GetValueOrDefault(cancellationId);

    /// <summary>Changes a locked row; the caller has seen to it that the count stays between 0 and 2^31 - 1.</summary>
    public StockLevel Change(StockKey key, int quantity, StockChangeCause cause, string? traceParent)
    {
        var change = stock.Change(key, quantity, cause, traceParent);
        _changes.Add(change);
        return change.Level;
    }

    public void Add(StoredOrder order)
    {
        orders.Add(order.OrderId, order);
        _newOrders.Add(order.OrderId);
    }

    public void Update(StoredOrder order)
    {
        orders[order.OrderId] = order;
        if (!_newOrders.Contains(order.OrderId))
        {
            _changedOrders.Add(order.OrderId);
        }
    }

    public void Add(NewInbound inbound)
    {
        inbounds.Add(inbound.InboundId, inbound.Answer);
        _newInbounds.Add(inbound);
    }

    public void Add(NewCancellation cancellation)
    {
        cancellations.Add(cancellation.CancellationId, cancellation.Answer);
        _newCancellations.Add(cancellation);
    }
}
