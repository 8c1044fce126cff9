namespace Inventory.Tools.Load;

/// <summary>Which keys are asked for how often.</summary>
internal enum KeyDistribution
{
    /// <summary>One key only.</summary>
    Hot,

    /// <summary>The n-th key about n times less often than the first, as visitors of a shop do.</summary>
    Zipf,

    /// <summary>Every key equally often: the worst case for a cache.</summary>
    Uniform,
}
