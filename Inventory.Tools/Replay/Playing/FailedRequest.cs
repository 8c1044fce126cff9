using Inventory.Tools.Api;

namespace Inventory.Tools.Replay.Playing;

/// <summary>A request that neither was done nor had a good reason not to be.</summary>
/// <param name="Invoice">Empty for opening stock.</param>
/// <param name="Id">Of the order or of the inbound.</param>
/// <param name="Problem">What the gateway said.</param>
internal sealed record FailedRequest(string Invoice, Guid Id, GatewayProblem Problem);
