using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tools.Api;
using Inventory.Tools.Replay.Planning;

namespace Inventory.Tools.Replay.Playing;

/// <summary>Sends what a step stands for, and accounts for what became of it.</summary>
internal sealed class StepPlayer(
    GatewayClient gateway,
    ReplayTally tally,
    StockVersions versions,
    ReadableSampler sampler,
    TimeProvider time)
{
    public Task PlayAsync(ReplayStep step, CancellationToken cancellationToken) => step switch
    {
        OrderStep order => PlaceAsync(order, cancellationToken),
        CreditStep credit when credit.FindStanding() is { } orders => CancelAsync(orders, credit.Invoice, cancellationToken),
        CreditStep credit => ReturnAsync(credit, cancellationToken),
        _ => throw new NotSupportedException($"{step.GetType().Name} is no step that can be played."),
    };

    /// <returns>Null, or why the goods were not received.</returns>
    public async Task<GatewayProblem?> ReceiveAsync(ReceiveInboundRequest inbound, CancellationToken cancellationToken)
    {
        var reply = await gateway.ReceiveAsync(inbound, cancellationToken);
        if (reply.TryGet(out var answer, out var problem))
        {
            versions.Note(answer.Lines);
        }

        return problem;
    }

    private async Task PlaceAsync(OrderStep step, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var reply = await gateway.PlaceAsync(new PlaceOrderRequest(step.OrderId, step.Lines), cancellationToken);
        if (!reply.TryGet(out var answer, out var problem))
        {
            CountRefusal(step, problem);
        }
        else if (answer.Status == OrderStatus.Rejected)
        {
            tally.Count(StepOutcome.RejectedForStock);
        }
        else
        {
            step.IsStanding = true;
            tally.Count(StepOutcome.Placed);
            versions.Note(answer.Lines);
            sampler.Offer(answer.Lines, started);
        }
    }

    private void CountRefusal(OrderStep step, GatewayProblem problem)
    {
        if (problem.Code == ProblemCodes.NotEnoughStock)
        {
            tally.Count(StepOutcome.RejectedForStock);
        }
        else
        {
            tally.CountFailure(step.Invoice, step.OrderId, problem);
        }
    }

    private async Task CancelAsync(IReadOnlyList<OrderStep> orders, string invoice, CancellationToken cancellationToken)
    {
        foreach (var order in orders)
        {
            var reply = await gateway.CancelAsync(order.OrderId, cancellationToken);
            if (reply.TryGet(out var answer, out var problem))
            {
                versions.Note(answer.Lines);
            }
            else if (problem.Code != ProblemCodes.OrderAlreadyCancelled)
            {
                tally.CountFailure(invoice, order.OrderId, problem);
                continue;
            }

            // Cancelled already: by a try whose answer was lost, or before the run was resumed.
            order.IsStanding = false;
            tally.Count(StepOutcome.Cancelled);
        }
    }

    private async Task ReturnAsync(CreditStep credit, CancellationToken cancellationToken)
    {
        foreach (var inbound in credit.Returns)
        {
            if (await ReceiveAsync(inbound, cancellationToken) is { } problem)
            {
                tally.CountFailure(credit.Invoice, inbound.InboundId!.Value, problem);
            }
            else
            {
                tally.Count(StepOutcome.Returned);
            }
        }
    }
}
