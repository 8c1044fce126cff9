using System.Text.Json.Serialization;
using Inventory.Contracts.Orders;

namespace Inventory.Contracts.Inbounds;

/// <summary>The answer to <c>POST /inbounds</c>: a result for each of its lines.</summary>
/// <param name="InboundId">The id that the client chose.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="Lines">What was received, by stock key, with the stock that it left.</param>
/// <param name="Refused">What was not, with the reason; absent when everything was.</param>
public sealed record InboundAnswer(
    Guid InboundId,
    DateTimeOffset ReceivedAt,
    IReadOnlyList<ChangedLine> Lines,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<RefusedLine>? Refused = null);
