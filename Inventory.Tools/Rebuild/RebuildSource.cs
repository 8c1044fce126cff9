namespace Inventory.Tools.Rebuild;

/// <summary>Where <c>rebuild</c> takes the rows from.</summary>
internal enum RebuildSource
{
    /// <summary>The truth.</summary>
    Postgres,

    /// <summary>The compacted topic, for when Postgres should be spared or is away.</summary>
    Topic,
}
