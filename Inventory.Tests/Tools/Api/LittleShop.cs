using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.Tools.Api;

namespace Inventory.Tests.Tools.Api;

/// <summary>What the command side and the read side do, in memory and under one lock.</summary>
internal sealed class LittleShop
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StockKey, StockLevel> _stock = [];
    private readonly Dictionary<StockKey, List<StockLevel>> _levels = [];
    private readonly Dictionary<Guid, GatewayReply<OrderAnswer>> _orders = [];
    private readonly Dictionary<Guid, InboundAnswer> _inbounds = [];

    /// <summary>How long after a change it can be read.</summary>
    public TimeSpan ReadLag { get; set; }

    /// <summary>A key that is never readable.</summary>
    public StockKey? Stuck { get; set; }

    /// <summary>Orders that touch this key are answered 422.</summary>
    public StockKey? Cursed { get; set; }

    /// <summary>Told how many orders were decided, after each.</summary>
    public Action<int>? OnOrder { get; set; }

    public IReadOnlyDictionary<StockKey, StockLevel> Stock => _stock;

    public IReadOnlyCollection<GatewayReply<OrderAnswer>> Orders => _orders.Values;

    public IReadOnlyCollection<InboundAnswer> Inbounds => _inbounds.Values;

    /// <summary>Every change of stock: what was asked for first, second and so on.</summary>
    public List<(string What, StockKey Key, int Quantity)> History { get; } = [];

    public GatewayReply<InboundAnswer> Receive(ReceiveInboundRequest request)
    {
        lock (_gate)
        {
            if (!_inbounds.TryGetValue(request.InboundId!.Value, out var answer))
            {
                answer = new InboundAnswer(request.InboundId.Value, DateTimeOffset.UtcNow, Change("receive", request.Lines, +1));
                _inbounds.Add(request.InboundId.Value, answer);
            }

            return new(answer);
        }
    }

    public GatewayReply<OrderAnswer> Place(PlaceOrderRequest request)
    {
        lock (_gate)
        {
            if (!_orders.TryGetValue(request.OrderId!.Value, out var reply))
            {
                _orders.Add(request.OrderId.Value, reply = Decide(request));
                OnOrder?.Invoke(_orders.Count);
            }

            return reply;
        }
    }

    public GatewayReply<OrderAnswer> Cancel(Guid orderId)
    {
        lock (_gate)
        {
            if (!_orders.TryGetValue(orderId, out var reply) || reply.Answer is not { } order)
            {
                return new(new GatewayProblem(404, ProblemCodes.OrderNotFound, "No such order."));
            }

            if (order.Status == OrderStatus.Cancelled)
            {
                return new(new GatewayProblem(409, ProblemCodes.OrderAlreadyCancelled, "Once is enough."));
            }

            var lines = order.Lines.Select(line => new QuantityLine(line.VendorItemId, line.FulfillmentCenterId, line.Quantity));
            _orders[orderId] = new(order with { Status = OrderStatus.Cancelled, CancelledAt = DateTimeOffset.UtcNow, Lines = Change("cancel", [.. lines], +1) });
            return _orders[orderId];
        }
    }

    public GatewayReply<StockAnswer> Read(StockKey key)
    {
        lock (_gate)
        {
            return ReadableLevel(key) is { } level
                ? new(StockAnswer.From(key, level))
                : new(new GatewayProblem(404, ProblemCodes.StockKeyNotFound, "No such key."));
        }
    }

    public GatewayReply<StockBatchAnswer> Read(StockBatchRequest request)
    {
        lock (_gate)
        {
            var found = request.Keys.Where(key => ReadableLevel(key.ToKey()) is not null).ToArray();
            return new(new StockBatchAnswer(
                [.. found.Select(key => StockAnswer.From(key.ToKey(), ReadableLevel(key.ToKey())!.Value))],
                [.. request.Keys.Except(found)]));
        }
    }

    private GatewayReply<OrderAnswer> Decide(PlaceOrderRequest request)
    {
        if (request.Lines.Any(line => line.ToKey() == Cursed))
        {
            return new(new GatewayProblem(422, ProblemCodes.IdempotencyConflict, "Cursed."));
        }

        return request.Lines.All(line => _stock.GetValueOrDefault(line.ToKey()).StockCount >= line.Quantity)
            ? new(new OrderAnswer(request.OrderId!.Value, OrderStatus.Placed, DateTimeOffset.UtcNow, null, Change("place", request.Lines, -1)))
            : new(new GatewayProblem(409, ProblemCodes.NotEnoughStock, "Sold out."));
    }

    private ChangedLine[] Change(string what, IReadOnlyList<QuantityLine> lines, int sign)
    {
        var now = DateTimeOffset.UtcNow;
        return [.. lines.Select(line =>
        {
            var key = line.ToKey();
            var before = _stock.GetValueOrDefault(key);
            var level = new StockLevel(before.StockCount + (sign * line.Quantity), Math.Max(before.Version + 1, now.Ticks / 10), now);
            _stock[key] = level;
            if (!_levels.TryGetValue(key, out var levels))
            {
                _levels.Add(key, levels = []);
            }

            levels.Add(level);
            History.Add((what, key, line.Quantity));
            return new ChangedLine(key.VendorItemId, key.FulfillmentCenterId, line.Quantity, level.StockCount, level.Version, now);
        })];
    }

    private StockLevel? ReadableLevel(StockKey key)
    {
        if (key == Stuck || !_levels.TryGetValue(key, out var levels))
        {
            return null;
        }

        var readable = levels.FindLastIndex(level => level.UpdatedAt + ReadLag <= DateTimeOffset.UtcNow);
        return readable < 0 ? null : levels[readable];
    }
}
