using Inventory.Contracts.Inbounds;

namespace Inventory.Tools.Replay.Planning;

/// <summary>Everything that a replay will send.</summary>
/// <param name="Opening">Inbounds that come before everything else.</param>
/// <param name="Steps">In the order of the file.</param>
/// <param name="Invoices">How many invoices the steps come from.</param>
/// <param name="SplitInvoices">How many of them are too long for one order.</param>
/// <param name="OrdersOfSplitInvoices">How many orders those became.</param>
/// <param name="Keys">How many stock keys are touched.</param>
internal sealed record ReplayPlan(
    IReadOnlyList<ReceiveInboundRequest> Opening,
    IReadOnlyList<ReplayStep> Steps,
    int Invoices,
    int SplitInvoices,
    int OrdersOfSplitInvoices,
    int Keys);
