namespace Inventory.Tests.Cassandra.Fakes;

internal static class Eventually
{
    /// <summary>Waits, for as long as a busy machine may need.</summary>
    public static Task IsTrueAsync(Func<bool> condition) => IsTrueAsync(() => Task.FromResult(condition()));

    public static async Task IsTrueAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 3000; tries++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Fail("What was waited for did not happen within 30 s.");
    }
}
