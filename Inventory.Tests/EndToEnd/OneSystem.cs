namespace Inventory.Tests.EndToEnd;

/// <summary>Tests that share the running system, one after the other, because some of them break its parts.</summary>
[CollectionDefinition(Name)]
public sealed class OneSystem : ICollectionFixture<RunningSystem>
{
    public const string Name = "The running system";
}
