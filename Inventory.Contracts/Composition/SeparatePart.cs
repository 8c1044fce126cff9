namespace Inventory.Contracts.Composition;

/// <summary>
/// Finds what has an assembly of its own, because a package it needs is not served by every registry: the program has the
/// assembly beside it, or was built without (docs/adr/0027). Nothing refers to it at compile time.
/// </summary>
public static class SeparatePart
{
    /// <param name="assembly">Its name, which is also the namespace of the type.</param>
    /// <param name="type">A class with a constructor without parameters.</param>
    /// <returns>A new one, or null if the program was built without it.</returns>
    public static T? Find<T>(string assembly, string type)
        where T : class =>
        Type.GetType($"{assembly}.{type}, {assembly}", throwOnError: false) is { } found
            ? (T?)Activator.CreateInstance(found)
            : null;
}
