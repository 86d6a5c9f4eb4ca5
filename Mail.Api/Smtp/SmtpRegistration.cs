using Microsoft.Extensions.Options;

namespace Mail.Api.Smtp;

internal static class SmtpRegistration
{
    /// <summary>The SMTP ports, as far as they are set. After everything that they hand mail to, so that they stop first.</summary>
    public static IServiceCollection AddSmtp(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<SubmissionOptions>, SubmissionOptionsValidator>();
        services.AddSingleton<IValidateOptions<SubmissionOptions>, SmtpSettings>();
        services.AddOptions<SubmissionOptions>().BindConfiguration("Submission", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ReceptionOptions>, ReceptionOptionsValidator>();
        services.AddSingleton<IValidateOptions<ReceptionOptions>, SmtpSettings>();
        services.AddOptions<ReceptionOptions>().BindConfiguration("Reception", binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<MailboxReception>();
        services.AddSingleton<ReportReception>();
        services.AddSingleton<SubmissionHandler>();
        services.AddSingleton<CertificateWatch>();
        services.AddSingleton<SmtpHost>();
        services.AddHostedService(provider => provider.GetRequiredService<SmtpHost>());
        return services;
    }
}
