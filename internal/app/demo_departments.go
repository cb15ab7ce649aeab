package app

import (
	"charterhouse/internal/i18n"
	"charterhouse/internal/tenant"
)

// demoDepartments are made up for a demonstration, and their names say so: none of
// the published charters lists the departments of its administration.
func demoDepartments(slug string) []tenant.Department {
	lt := func(key, title, en string) tenant.Department {
		return tenant.Department{Key: key, Title: i18n.Text{"lt": title + " (pavyzdys)", "en": en + " (sample)"}}
	}
	bg := func(key, title, en string) tenant.Department {
		return tenant.Department{Key: key, Title: i18n.Text{"bg": title + " (пример)", "en": en + " (sample)"}}
	}
	switch slug {
	case "klaipeda":
		return []tenant.Department{
			lt("city", "Miesto tvarkymo skyrius", "City Maintenance Department"), lt("social", "Socialinės paramos skyrius", "Social Support Department"),
			lt("education", "Švietimo skyrius", "Education Department"), lt("front", "Klientų aptarnavimo skyrius", "Customer Service Department"),
		}
	case "varena":
		return []tenant.Department{
			lt("city", "Statybos ir infrastruktūros skyrius", "Construction and Infrastructure Department"),
			lt("social", "Socialinės paramos skyrius", "Social Support Department"), lt("education", "Švietimo skyrius", "Education Department"),
		}
	case "chuprene":
		return []tenant.Department{
			bg("city", "Отдел „Устройство на територията“", "Spatial Planning Department"), bg("social", "Отдел „Социални дейности“", "Social Services Department"),
		}
	case "peshtera":
		return []tenant.Department{
			bg("city", "Отдел „Строителство и благоустройство“", "Construction and Public Works Department"),
			bg("social", "Отдел „Социални дейности“", "Social Services Department"), bg("education", "Отдел „Образование и култура“", "Education and Culture Department"),
		}
	}
	return nil
}
