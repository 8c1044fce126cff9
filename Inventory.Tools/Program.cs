using Inventory.Tools;

return await ToolCommands.RunAsync(args, TimeProvider.System);
