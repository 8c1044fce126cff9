using System.Diagnostics;

namespace Inventory.Tests.Cassandra.Fakes;

internal static class ActivityExtensions
{
    public static Activity Recording(this Activity activity, bool recorded)
    {
        activity.ActivityTraceFlags = recorded ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        return activity;
    }
}
