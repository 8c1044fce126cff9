using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Inventory.Contracts;
using Inventory.Contracts.Corrections;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Reservations;
using Inventory.Contracts.Stocks;

namespace Inventory.Tests.CommandApi;

/// <summary>Plays steps and counts, by nothing but the answers, what must be in stock.</summary>
internal sealed class StockModel(PersistentClient client)
{
    private readonly ConcurrentDictionary<StockKey, int> _stock = new();
    private readonly ConcurrentDictionary<Guid, byte> _expiring = new();
    private readonly ConcurrentBag<(Func<HttpClient, Task<HttpResponseMessage>> Send, string Answer)> _answered = [];

    /// <summary>Received and corrected, less what was sold and is held.</summary>
    public IReadOnlyDictionary<StockKey, int> Stock => _stock;

    /// <summary>Reservations whose time is running out.</summary>
    public IEnumerable<Guid> Expiring => _expiring.Keys;

    public Task PlayAsync(StockStep step) => step.Kind switch
    {
        StockStepKind.Inbound => ReceiveAsync(step.Lines),
        StockStepKind.Correction => CorrectAsync(step.Lines),
        StockStepKind.Order or StockStepKind.CancelledOrder or StockStepKind.PartlyCancelledOrder => OrderAsync(step),
        _ => ReserveAsync(step),
    };

    /// <summary>Whatever was asked gets the first answer again.</summary>
    public async Task RepeatAllAsync()
    {
        foreach (var (send, answer) in _answered)
        {
            Assert.Equal(answer, (await client.SendAsync(send)).Body);
        }
    }

    private async Task ReceiveAsync(QuantityLine[] lines)
    {
        var id = Guid.NewGuid();
        var (status, body) = await AskAsync(instance => CommandApiHost.ReceiveAsync(instance, id, lines));
        Assert.True(status == HttpStatusCode.Created, body);
        Add(lines, sign: 1);
    }

    private async Task CorrectAsync(QuantityLine[] lines)
    {
        var id = Guid.NewGuid();
        var corrections = lines
            .Select((line, index) => new CorrectionLine(
                line.VendorItemId, line.FulfillmentCenterId, index == 0 ? -line.Quantity : line.Quantity))
            .ToArray();
        var (status, body) = await client.SendAsync(
            instance => CommandApiHost.CorrectAsync(instance, id, "counted again", corrections));
        if (status != HttpStatusCode.Created)
        {
            Assert.True(status is HttpStatusCode.Conflict or HttpStatusCode.NotFound, body);
            return;
        }

        foreach (var line in JsonSerializer.Deserialize(body, ApiJson.Default.CorrectionAnswer)!.Lines)
        {
            Add(line.ToKey(), line.Quantity);
        }
    }

    private async Task OrderAsync(StockStep step)
    {
        var id = Guid.NewGuid();
        var (status, body) = await AskAsync(instance => CommandApiHost.PlaceAsync(instance, id, step.Lines));
        if (status != HttpStatusCode.Created)
        {
            Assert.True(status is HttpStatusCode.Conflict or HttpStatusCode.NotFound, body);
            return;
        }

        Add(step.Lines, sign: -1);
        if (step.Kind != StockStepKind.Order)
        {
            var cancellation = Guid.NewGuid();
            var lines = step.Kind == StockStepKind.CancelledOrder
                ? null
                : (QuantityLine[])[step.Lines[0] with { Quantity = 1 }];
            (status, body) = await AskAsync(instance => CommandApiHost.CancelAsync(instance, id, cancellation, lines));
            Assert.True(status == HttpStatusCode.OK, body);
            Add(lines ?? step.Lines, sign: 1);
        }
    }

    private async Task ReserveAsync(StockStep step)
    {
        var id = Guid.NewGuid();
        var seconds = step.Kind == StockStepKind.ExpiredReservation ? 1 : 3600;
        var reservation = new ReserveRequest(
            step.Lines, seconds, AllowPartial: step.Kind == StockStepKind.HeldReservation, id);
        var (status, body) = await AskAsync(instance => CommandApiHost.ReserveAsync(instance, reservation));
        if (status != HttpStatusCode.Created)
        {
            Assert.True(status is HttpStatusCode.Conflict or HttpStatusCode.NotFound, body);
            return;
        }

        var held = JsonSerializer.Deserialize(body, ApiJson.Default.ReservationAnswer)!;
        switch (step.Kind)
        {
            case StockStepKind.ExpiredReservation:
                _expiring.TryAdd(id, 0);
                return;
            case StockStepKind.ReleasedReservation:
                (status, body) = await client.SendAsync(instance => CommandApiHost.ReleaseAsync(instance, id));
                Assert.True(status == HttpStatusCode.OK, body);
                return;
            case StockStepKind.ConfirmedReservation:
                (status, body) = await AskAsync(instance => CommandApiHost.ConfirmAsync(instance, id));
                Assert.True(status == HttpStatusCode.Created, body);
                break;
        }

        foreach (var line in held.Lines)
        {
            Add(line.ToKey(), -line.Quantity);
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(Func<HttpClient, Task<HttpResponseMessage>> send)
    {
        var answer = await client.SendAsync(send);
        _answered.Add((send, answer.Body));
        return answer;
    }

    private void Add(QuantityLine[] lines, int sign)
    {
        foreach (var line in lines)
        {
            Add(line.ToKey(), sign * line.Quantity);
        }
    }

    private void Add(StockKey key, int quantity) => _stock.AddOrUpdate(key, quantity, (_, count) => count + quantity);
}
