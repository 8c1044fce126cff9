using System.Text.Json.Serialization;

namespace Inventory.Contracts.Events;

/// <summary>What changed the stock; in an event, of the changes that were committed together the last one.</summary>
/// <param name="Type">One of <see cref="StockChangeCauses"/>.</param>
/// <param name="Id">The id of the order, reservation, inbound or correction.</param>
public sealed record StockChangeCause([property: JsonRequired] string Type, [property: JsonRequired] Guid Id);
