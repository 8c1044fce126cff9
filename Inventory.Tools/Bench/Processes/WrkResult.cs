namespace Inventory.Tools.Bench.Processes;

/// <param name="Rate">Requests a second.</param>
/// <param name="Requests">All of them.</param>
/// <param name="Failed">Those that were answered with neither 2xx nor 3xx.</param>
internal sealed record WrkResult(double Rate, long Requests, long Failed);
