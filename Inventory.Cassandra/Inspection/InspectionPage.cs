namespace Inventory.Cassandra.Inspection;

/// <param name="Rows">In the order they came in.</param>
/// <param name="PagingState">Where to go on; empty on the last page.</param>
internal sealed record InspectionPage(IReadOnlyList<InspectedRow> Rows, byte[] PagingState);
