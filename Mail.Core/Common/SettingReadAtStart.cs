using Microsoft.Extensions.Options;

namespace Mail.Core.Common;

/// <summary>Makes a host refuse to start on a setting that cannot be read, together with all else that is wrong with its settings.</summary>
/// <typeparam name="TOptions">Options that every host which needs the setting validates at start.</typeparam>
/// <typeparam name="TProblem">What the reading throws; its message says what to do.</typeparam>
internal sealed class SettingReadAtStart<TOptions, TProblem>(Action read) : IValidateOptions<TOptions>
    where TOptions : class
    where TProblem : Exception
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        try
        {
            read();
            return ValidateOptionsResult.Success;
        }
        catch (TProblem e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
