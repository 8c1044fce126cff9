namespace Inventory.Tools.Replay.Mapping;

/// <summary>A name of the shop and the number that stands for it.</summary>
/// <param name="name">As the shop first wrote it.</param>
/// <param name="id">Its number.</param>
internal sealed class MappedName(string name, long id)
{
    public string Name { get; } = name;

    public long Id { get; } = id;

    /// <summary>The first description that is not empty.</summary>
    public string Description { get; set; } = "";
}
