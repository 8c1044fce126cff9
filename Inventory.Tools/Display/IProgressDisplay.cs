namespace Inventory.Tools.Display;

/// <summary>Shows a long job while it runs.</summary>
internal interface IProgressDisplay
{
    Task<T> ShowAsync<T>(string title, ProgressCounter progress, Func<Task<T>> job);
}
