using Inventory.Contracts.Orders;

namespace Inventory.Contracts.Inbounds;

/// <summary>The answer to <c>POST /inbounds</c>: its lines, by stock key, with the stock that they left.</summary>
public sealed record InboundAnswer(Guid InboundId, DateTimeOffset ReceivedAt, IReadOnlyList<ChangedLine> Lines);
