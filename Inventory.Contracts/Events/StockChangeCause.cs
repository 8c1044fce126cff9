namespace Inventory.Contracts.Events;

/// <summary>What changed the stock.</summary>
/// <param name="Type">One of <see cref="StockChangeCauses"/>.</param>
/// <param name="Id">The id of the order or of the inbound.</param>
public sealed record StockChangeCause(string Type, Guid Id);
